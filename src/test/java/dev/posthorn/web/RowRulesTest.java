package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RowRulesTest {
  @Inject Session entities;
  @Inject @Any Instance<RowRules> rules;

  @Test
  void everyRuleNamesAConstraintThatExists() {
    var named = rules.stream().flatMap(rule -> rule.refusals().keySet().stream()).toList();

    List<String> existing = QuarkusTransaction.requiringNew().call(() -> entities.createNativeQuery("""
        select conname from pg_constraint union select indexrelid::regclass::text from pg_index where indisunique""", String.class).getResultList());
    assertThat(named).hasSizeGreaterThan(10).isSubsetOf(existing);
  }
}
