package dev.posthorn.text;

/// A text was put into the outbox, in the running transaction.
record TextWaits() {}
