package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.tenant.Ids;
import dev.posthorn.ticket.CategoryResource.CategoryChange;
import dev.posthorn.ticket.CategoryResource.CategoryView;
import dev.posthorn.ticket.CategoryResource.NewCategory;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// What HTTP may do with categories. Each method is one transaction.
@ApplicationScoped
@Transactional
class CategoryDesk {
  private final Categories categories;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  CategoryDesk(Categories categories, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.categories = categories;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<CategoryView> list(Listing listing) {
    return listing.answer(categories::page, category -> Cursor.at(category.position, category.id), CategoryView::of, categories::count);
  }

  CategoryView show(UUID id) {
    return CategoryView.of(existing(id));
  }

  CategoryView create(NewCategory wanted) {
    var category = new Category();
    category.id = Ids.next();
    category.name = wanted.name();
    category.position = Optional.ofNullable(wanted.position()).orElseGet(categories::nextPosition);
    category.createdAt = clock.instant();
    category.updatedAt = category.createdAt;
    categories.persistAndFlush(category);
    return CategoryView.of(category);
  }

  CategoryView change(UUID id, ObjectNode patch) {
    var category = existing(id);
    preconditions.check(CategoryView.of(category));
    var current = new CategoryChange(category.name, category.position);
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      category.name = wanted.name();
      category.position = wanted.position();
      category.updatedAt = clock.instant();
      categories.flush();
    }
    return CategoryView.of(category);
  }

  void remove(UUID id) {
    var category = existing(id);
    preconditions.check(CategoryView.of(category));
    Removal.of("category", () -> {
      categories.delete(category);
      categories.flush();
    });
  }

  private Category existing(UUID id) {
    return categories.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("category"));
  }
}
