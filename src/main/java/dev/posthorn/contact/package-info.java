/// Who writes to us. Invariant: an address belongs to one contact of a tenant. Tables: `contact`, `contact_email`.
package dev.posthorn.contact;
