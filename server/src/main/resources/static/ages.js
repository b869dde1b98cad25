// Keeps ages current while a page stays open. The page is complete without it.
//
// Ages are counted from the server's own clock, which the document carries, so that a wrong clock on the reader's side
// shows nothing fresher than it is. A proof whose validity ends while the page is open turns stale here as well:
// freshness is judged by whoever reads.
"use strict";

const WORDS = {
  en: {
    now: "just now",
    ago: (t) => t + " ago",
    for: (t) => "for " + t,
    days: (n) => (n === 1 ? "day" : "days"),
    stale: "stale",
  },
  de: {
    now: "gerade eben",
    ago: (t) => "vor " + t,
    for: (t) => "seit " + t,
    days: (n) => (n === 1 ? "Tag" : "Tagen"),
    stale: "veraltet",
  },
};

const opened = Date.now();
const served = Date.parse(document.documentElement.dataset.at);
const now = () => served + Math.max(0, Date.now() - opened);

// The same steps as the server's Spans.
function length(milliseconds, words) {
  const s = Math.max(0, Math.floor(milliseconds / 1000));
  if (s < 120) return s + "\u00a0s";
  if (s < 7200) return Math.floor(s / 60) + "\u00a0min";
  if (s < 172800) return Math.floor(s / 3600) + "\u00a0h";
  const days = Math.floor(s / 86400);
  return days + "\u00a0" + words.days(days);
}

class LiveAge extends HTMLElement {
  connectedCallback() {
    this.words = WORDS[document.documentElement.lang] || WORDS.en;
    this.time = this.querySelector("time");
    live.add(this);
  }

  disconnectedCallback() {
    live.delete(this);
  }

  tick(at) {
    if (!this.time || this.getAttribute("kind") === "fixed") return;
    const past = at - Date.parse(this.time.dateTime);
    const ago = this.getAttribute("kind") !== "for";
    const text = ago && past < 1000 ? this.words.now : (ago ? this.words.ago : this.words.for)(length(past, this.words));
    if (text !== this.time.textContent) this.time.textContent = text;
    const until = this.getAttribute("fresh-until");
    if (until && at > Date.parse(until)) this.expire();
  }

  expire() {
    this.removeAttribute("fresh-until");
    const mark = this.closest(".mark");
    if (!mark) return;
    mark.classList.replace("mark-proven", "mark-stale");
    mark.querySelector("use").setAttribute("href", "#mark-stale");
    mark.querySelector(".word").textContent = this.words.stale;
  }
}

const live = new Set();
customElements.define("live-age", LiveAge);

function tick() {
  const at = now();
  for (const element of live) element.tick(at);
}

setInterval(() => {
  if (!document.hidden) tick();
}, 1000);
document.addEventListener("visibilitychange", tick);
