package dev.posthorn.ticket;

import dev.posthorn.mail.Classification;
import dev.posthorn.trust.Authentication;

/// What is thought of an inbound mail: what kind it is, and who sent it.
public record Standing(Classification classification, Authentication authentication) {}
