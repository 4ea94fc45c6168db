/// How far a team is with its set-up, and what its people are to do at their provider.
package dev.posthorn.setup;
