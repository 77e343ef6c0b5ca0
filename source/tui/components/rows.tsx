import {Box, Text} from 'ink';
import {memo} from 'react';
import {useLook} from '../look.ts';
import {asciiLine, fitLines, type Line} from '../text/line.ts';

type RowsProps = {
	readonly lines: readonly Line[];
	readonly width: number;
	/** @default as many as there are lines */
	readonly height?: number;
};

/** Lines at exactly this size, in one text: whatever a screen draws goes through here. */
export const Rows = memo(({lines, width, height = lines.length}: RowsProps) => {
	const {theme, glyphs} = useLook();
	if (width <= 0 || height <= 0) {
		return null;
	}

	const text = fitLines(glyphs.unicode ? lines : lines.map(line => asciiLine(line)), width, height, glyphs.ellipsis).map(line => line.map(segment => theme.paint(segment)).join('')).join('\n');
	return (
		<Box width={width} height={height} flexShrink={0}>
			<Text wrap='truncate'>{text}</Text>
		</Box>
	);
});

Rows.displayName = 'Rows';
