export interface PlacedPoint {
  readonly x: number;
  readonly y: number;
}

export interface FoundPoint {
  readonly datasetIndex: number;
  readonly index: number;
}

/** How far from the mouse a point may be, in pixels. */
const REACH = 20;

/**
 * The nearest point to a place, or the nearest column where no point is close. A look at every point is fast enough for tens of
 * thousands, and needs no index that zooming would have to renew.
 */
export function findPoint(
  pointsOf: (datasetIndex: number) => readonly PlacedPoint[],
  found: { readonly points: readonly number[]; readonly columns: number | null; readonly sideways?: boolean },
  at: PlacedPoint,
): FoundPoint | null {
  let nearest: FoundPoint | null = null;
  let distance = REACH ** 2;
  for (const datasetIndex of found.points) {
    const points = pointsOf(datasetIndex);
    for (const [index, point] of points.entries()) {
      const away = (point.x - at.x) ** 2 + (point.y - at.y) ** 2;
      if (away < distance) {
        nearest = { datasetIndex, index };
        distance = away;
      }
    }
  }
  if (nearest !== null || found.columns === null) {
    return nearest;
  }
  let aside = Infinity;
  pointsOf(found.columns).forEach((point, index) => {
    const away = found.sideways === true ? Math.abs(point.y - at.y) : Math.abs(point.x - at.x);
    if (away < aside) {
      nearest = { datasetIndex: found.columns ?? 0, index };
      aside = away;
    }
  });
  return nearest;
}
