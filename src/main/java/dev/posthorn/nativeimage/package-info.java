/// What the builder of a native image cannot find out by itself. It follows calls from the start of the program; what is looked
/// up by its name while the program runs (JSON's records, services, providers of mail) it does not see, and the image would lack
/// it and say so only when it is called. Runs while an image is built and at no other time; no other room knows of it.
package dev.posthorn.nativeimage;
