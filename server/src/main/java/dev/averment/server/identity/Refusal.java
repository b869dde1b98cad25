package dev.averment.server.identity;

import java.time.Duration;

/**
 * Why a request about identity was not carried out. Each says what whoever asked may know: never whether an address has an
 * account, unless he has shown its password.
 */
public sealed interface Refusal {

    /** Something in the request has to be changed. */
    record Invalid(String slug, String message) implements Refusal {}

    /** Address and password don't fit, or there is no such account: the same answer for both. */
    record WrongCredentials() implements Refusal {}

    /** The password fits, and the address was never confirmed. */
    record Unverified() implements Refusal {}

    /** The password fits, and the operator has shut the account. */
    record Disabled() implements Refusal {}

    /** A mailed link or code that is none, was used, or is too old. */
    record BadToken() implements Refusal {}

    /** The change wants a proof that is no older than some minutes. */
    record ProofNeeded() implements Refusal {}

    /** There is no such thing, or it is somebody else's: the same answer for both. */
    record NotFound() implements Refusal {}

    /** A member who may not do this; {@code needed} is the permission or role that he lacks. */
    record Forbidden(String needed) implements Refusal {}

    /** It can't be done as things stand; the message says what has to be done first. */
    record Conflict(String slug, String message) implements Refusal {}

    /** Too often. */
    record Limited(Duration retryAfter) implements Refusal {}

    /** A provider whose word was needed gave no answer that can be used; the message says which, and nothing of how. */
    record Unreachable(String slug, String message) implements Refusal {}

    /** More password hashes are wanted than the server has room for. */
    record Overloaded() implements Refusal {}
}
