/*
Lines of a log as rows of cells: safe (logs/styled-text.ts has taken out all but colours), wrapped or cut, with what a
search found marked, and what tells of trouble in a tone of its own and with a sign.
*/
import {cellsOf, cutCells, wrapCells} from '../../logs/cells.ts';
import {lineKind} from '../../logs/error-lines.ts';
import {withoutLeadingTime} from '../../logs/leading-time.ts';
import {type Query} from '../../logs/query.ts';
import {type StyledText, styledText} from '../../logs/styled-text.ts';
import {type Glyphs} from '../glyphs.ts';
import {type Line, segment, type Segment} from '../text/line.ts';
import {type LogRow, type LogSnapshot} from './log-snapshot.ts';

export type LogLook = {
	readonly width: number;
	readonly height: number;
	readonly isWrapped: boolean;
	/** Whether the lines' own times are shown. */
	readonly hasTimes: boolean;
	/** Cells that lines are moved to the left. */
	readonly shift: number;
};

/** Exactly the rows that fit: the end of a followed log, the beginning of a window. */
export function logLines(snapshot: LogSnapshot, look: LogLook, glyphs: Glyphs): readonly Line[] {
	const {rows, isFollowing} = snapshot;
	const lines: Line[] = [];
	const ordered = isFollowing ? rows.toReversed() : rows;
	for (const row of ordered) {
		if (lines.length >= look.height) {
			break;
		}

		const drawn = rowLines(row, snapshot, look, glyphs);
		if (isFollowing) {
			lines.unshift(...drawn);
		} else {
			lines.push(...drawn);
		}
	}

	return isFollowing ? lines.slice(-look.height) : lines.slice(0, look.height);
}

type Row = {readonly parts: ReadonlyArray<readonly Segment[]>};

// A line is drawn again and again while others come: what it looks like is kept with it.
const drawnRows = new WeakMap<LogRow['line'], {readonly key: string; readonly row: Row}>();

function rowLines(row: LogRow, {search, filter, current}: LogSnapshot, look: LogLook, glyphs: Glyphs): readonly Line[] {
	const isCurrent = row.line.offset === current && !row.isGuest;
	const isFaint = row.isMatch === false;
	const query = search?.query ?? filter?.query;
	const key = `${look.width} ${look.isWrapped} ${look.hasTimes} ${look.shift} ${search?.typed ?? ''} ${filter?.typed ?? ''} ${isCurrent} ${isFaint} ${row.afterGap ?? false} ${row.isGuest ?? false}`;
	const known = drawnRows.get(row.line);
	if (known?.key === key) {
		return known.row.parts;
	}

	const parts = drawLine(row, {query, isCurrent, isFaint, look, glyphs});
	drawnRows.set(row.line, {key, row: {parts}});
	return parts;
}

type Drawing = {readonly query: Query | undefined; readonly isCurrent: boolean; readonly isFaint: boolean; readonly look: LogLook; readonly glyphs: Glyphs};

function drawLine({line, afterGap, isGuest = false}: LogRow, {query, isCurrent, isFaint, look, glyphs}: Drawing): ReadonlyArray<readonly Segment[]> {
	const styled = look.hasTimes ? styledText(line.text) : withoutLeadingTime(styledText(line.text));
	const kind = lineKind(line.text);
	const marked = query ? marksOn(styled, query) : styled.map(part => ({...part, isFound: false}));
	const origin: Segment = isGuest ? segment(glyphs.folded, 'warn') : segment(' ');
	const sign: Segment = isCurrent
		? segment(glyphs.cursor, 'accent', {bold: true})
		: (kind === 'error' ? segment('!', 'bad', {bold: true}) : origin);
	const width = Math.max(1, look.width - 1);
	const pieces = look.isWrapped ? wrapCells(styled, width) : [cutCells(styled, look.shift, width)];
	const found = marked.some(({isFound}) => isFound);
	const drawn = found ? markedPieces(marked, look, width) : pieces.map(piece => piece.map(part => toSegment(part, kind, isFaint)));
	const isCut = !look.isWrapped && (cellsOf(styled) > look.shift + width || line.cutBytes > 0);
	const gap: ReadonlyArray<readonly Segment[]> = afterGap ? [[segment(` ${glyphs.ellipsis}`, 'faint')]] : [];
	const lines = drawn.map((piece, index): readonly Segment[] => [index === 0 ? sign : segment(' '), ...piece]);
	return [...gap, ...(isCut ? lines.map(piece => [...cutSegments(piece, look.width - 1), segment(glyphs.ellipsis, 'faint')]) : lines)];
}

function cutSegments(parts: readonly Segment[], width: number): readonly Segment[] {
	const cut = cutCells(parts.map((part, index) => ({text: part.text, style: String(index)})), 0, width);
	return cut.map(({text, style}) => ({...parts[Number(style)]!, text}));
}

type Marked = {readonly text: string; readonly style: string; readonly isFound: boolean};

function markedPieces(marked: readonly Marked[], look: LogLook, width: number): ReadonlyArray<readonly Segment[]> {
	const styled: StyledText = marked.map(({text, style, isFound}) => ({text, style: isFound ? 'found' : style}));
	const pieces = look.isWrapped ? wrapCells(styled, width) : [cutCells(styled, look.shift, width)];
	return pieces.map(piece => piece.map(({text, style}): Segment => (style === 'found' ? segment(text, 'plain', {found: true}) : {text, sgr: style})));
}

function toSegment({text, style}: StyledText[number], kind: ReturnType<typeof lineKind>, isFaint: boolean): Segment {
	const toneOfKind = {error: 'bad', stack: 'muted', plain: 'plain'} as const;
	return style === '' ? segment(text, isFaint ? 'faint' : toneOfKind[kind]) : {text, sgr: style};
}

function marksOn(styled: StyledText, query: Query): readonly Marked[] {
	const text = styled.map(part => part.text).join('');
	const marks = query.marks(text);
	let at = 0;
	return styled.flatMap(({text: piece, style}) => {
		const start = at;
		at += piece.length;
		const cuts = [...new Set([0, ...marks.flat().map(place => place - start).filter(place => place > 0 && place < piece.length), piece.length])].toSorted((one, other) => one - other);
		return cuts.slice(0, -1).map((from, index): Marked => ({
			text: piece.slice(from, cuts[index + 1]), style,
			isFound: marks.some(([markFrom, markTo]) => start + from >= markFrom && start + from < markTo),
		}));
	});
}
