/// Finding by words: what a text's words are, and which tickets have them.
package dev.posthorn.search;
