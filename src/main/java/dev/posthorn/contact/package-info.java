/// Who writes to us. Invariant: an address belongs to one contact of a tenant. Tables: `contact`, `contact_email`, `contact_phone`.
package dev.posthorn.contact;
