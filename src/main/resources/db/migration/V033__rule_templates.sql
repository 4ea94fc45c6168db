-- Rules that answer by a template.
alter table rule_target
  add column template_id uuid,
  add foreign key (tenant_id, template_id) references template;
