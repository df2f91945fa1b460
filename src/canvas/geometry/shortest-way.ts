export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How far an item moves along one axis to lie within the view, 0 when it does; what is longer than the view has to fill it. */
export function shortestWay(item: Span, view: Span): number {
  const toStart = view.from - item.from;
  const toEnd = view.to - item.to;
  const fits = item.to - item.from <= view.to - view.from;
  const needsLater = fits ? toStart > 0 : toEnd > 0;
  const needsEarlier = fits ? toEnd < 0 : toStart < 0;
  if (needsLater) {
    return fits ? toStart : toEnd;
  }
  if (needsEarlier) {
    return fits ? toEnd : toStart;
  }
  return 0;
}
