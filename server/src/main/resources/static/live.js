// Pages that show what goes on. When the server says that something happened in the workspace, the page is fetched again and
// its parts marked data-live are put in place of the old ones. What somebody is typing or has opened stays as it is.
"use strict";
(() => {
  const address = document.body.dataset.events;
  if (!address || !window.EventSource) return;
  let waiting = false;
  let again = false;

  async function refresh() {
    if (waiting) { again = true; return; }
    waiting = true;
    try {
      const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const next = fresh.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
        if (!next || next.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue;
        part.replaceChildren(...next.childNodes);
      }
    } catch {
      // The next event tries again.
    } finally {
      setTimeout(() => {
        waiting = false;
        if (again) { again = false; refresh(); }
      }, 500);
    }
  }

  const stream = new EventSource(address);
  for (const kind of ["monitor.changed", "incident.opened", "incident.acknowledged", "incident.resolved", "incident.reopened", "incident.closed", "incident.updated", "incident.reviewed", "incident.assigned", "incident.ownerless", "incident.severity", "delivery.tried"]) stream.addEventListener(kind, refresh);
  // Something may have happened after the page was written and before the stream began.
  stream.addEventListener("ready", refresh);
  stream.addEventListener("resync", refresh);
  addEventListener("pagehide", () => stream.close());
})();
