package dev.posthorn.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/// One page of a list.
///
/// @param items at most `limit` of them
/// @param next what to send as `after` for the next page; null at the end
/// @param total how many the whole list has; only where `count=true` asked for it
public record Page<T>(List<T> items, String next, @JsonInclude(JsonInclude.Include.NON_NULL) Long total) {}
