/**
The knee of a curve of latency against throughput: up to the greatest throughput, the point that lies farthest below the
straight line from the first to the last, both axes scaled to the curve (the Kneedle method, Satopää et al. 2011).

@param points In the order of load.
@returns The point's place; undefined where fewer than three points rise.
*/
export function kneeOf(points: ReadonlyArray<{readonly x: number; readonly y: number}>): number | undefined {
	const peak = points.reduce((best, {x}, place) => x > points[best]!.x ? place : best, 0);
	const rising = points.slice(0, peak + 1);
	const [first, last] = [rising[0], rising.at(-1)];
	if (!first || !last || rising.length < 3 || last.x <= first.x || last.y <= first.y) {
		return undefined;
	}

	const below = rising.map(({x, y}) => ((x - first.x) / (last.x - first.x)) - ((y - first.y) / (last.y - first.y)));
	const deepest = below.reduce((best, depth, place) => depth > below[best]! ? place : best, 0);
	return below[deepest]! > 0 ? deepest : undefined;
}
