import {type Query} from '../../logs/query.ts';
import {fitLine, type Line, type Segment} from '../text/line.ts';

/** The row of the cursor, to the end of the width. */
export function selectedLine(line: Line, width: number): Line {
	return fitLine(line.map(one => ({...one, selected: true})), width);
}

/** A line with what a search finds in its segments set off. */
export function marks(line: Line, query: Query | undefined): Line {
	return query ? line.flatMap(one => markedSegments(one, query)) : line;
}

function markedSegments(one: Segment, query: Query): readonly Segment[] {
	const found = query.marks(one.text);
	if (found.length === 0) {
		return [one];
	}

	const pieces: Segment[] = [];
	let at = 0;
	for (const [from, to] of found) {
		if (from > at) {
			pieces.push({...one, text: one.text.slice(at, from)});
		}

		pieces.push({...one, text: one.text.slice(from, to), found: true});
		at = to;
	}

	return at < one.text.length ? [...pieces, {...one, text: one.text.slice(at)}] : pieces;
}
