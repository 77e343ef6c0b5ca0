import {Box, type DOMElement, Text} from 'ink';
import {memo, useLayoutEffect, useMemo, useRef} from 'react';
import {type Look, useLook} from '../look.ts';
import {type PaintedLine} from '../terminal/painter.ts';
import {useScreen} from '../terminal/screen-control.ts';
import {asciiLine, fitLines, type Line, type Segment} from '../text/line.ts';

type RowsProps = {
	readonly lines: readonly Line[];
	readonly width: number;
	/** @default as many as there are lines */
	readonly height?: number;
};

/** Lines at exactly this size: whatever a screen draws goes through here. */
export const Rows = memo(({lines, width, height = lines.length}: RowsProps) => {
	const look = useLook();
	const painter = useScreen()?.painter;
	const box = useRef<DOMElement>(null);
	const painted = useMemo(() => (width <= 0 || height <= 0 ? [] : paintedLines(lines, width, height, look)), [lines, width, height, look]);
	useLayoutEffect(() => {
		const element = box.current;
		if (!painter || !element) {
			return;
		}

		painter.place(element, width, painted);
		return () => {
			painter.remove(element);
		};
	}, [painter, painted, width]);
	return painted.length === 0 ? null : <Box ref={box} width={width} height={height} flexShrink={0}>{!painter && <Text wrap='truncate'>{painted.map(({text}) => text).join('\n')}</Text>}</Box>;
});

Rows.displayName = 'Rows';

function paintedLines(lines: readonly Line[], width: number, height: number, {theme, glyphs}: Look): readonly PaintedLine[] {
	return fitLines(glyphs.unicode ? lines : lines.map(line => asciiLine(line)), width, height, glyphs.ellipsis).map(line => {
		const {kept, blank} = withoutEnd(line);
		return {text: kept.map(segment => theme.paint(harmless(segment))).join(''), blank};
	});
}

// The line without the spaces at its end that nobody sees, and how many they are.
function withoutEnd(line: Line): {readonly kept: Line; readonly blank: number} {
	let blank = 0;
	for (let place = line.length - 1; place >= 0; place--) {
		const last = line[place]!;
		const text = isSeenBlank(last) ? last.text : last.text.trimEnd();
		blank += last.text.length - text.length;
		if (text !== '') {
			return {kept: [...line.slice(0, place), {...last, text}], blank};
		}
	}

	return {kept: [], blank};
}

// Spaces with a background or a line under them are drawn.
function isSeenBlank({selected = false, found = false, underline = false, sgr = ''}: Segment): boolean {
	return selected || found || underline || sgr !== '';
}

// What a terminal would obey is left out, wherever it came from: a name, a message, a parameter.
function harmless(segment: Segment): Segment {
	return /\p{Control}/u.test(segment.text) ? {...segment, text: segment.text.replaceAll(/\p{Control}/gu, '')} : segment;
}
