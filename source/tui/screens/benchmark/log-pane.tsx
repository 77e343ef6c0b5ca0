import {Box} from 'ink';
import {useEffect, useSyncExternalStore} from 'react';
import {type LogReader} from '../../../logs/log-reader.ts';
import {titleRule} from '../../components/dialog.tsx';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {type Line, segment} from '../../text/line.ts';
import {clockTime} from '../day-text.ts';
import {countText, logLines} from './log-lines.ts';

type LogPaneProps = {
	readonly reader: LogReader;
	readonly title: Line;
	readonly width: number;
	readonly height: number;
	readonly column: number;
	readonly wraps: boolean;
	readonly hasTimes: boolean;
	readonly isFocused: boolean;
};

/** A log with its title; the title says where in it and in time it is. */
export function LogPane({reader, title, width, height, column, wraps, hasTimes, isFocused}: LogPaneProps) {
	const {glyphs} = useLook();
	const window = useSyncExternalStore(reader.subscribe, reader.state);
	useEffect(() => {
		reader.resize(height - 1);
	}, [reader, height]);
	const {search, filter, at, isFollowing, problem} = window;
	const right: Line = [
		...(problem === undefined ? [] : [segment(`${problem} `, 'warn')]),
		...(filter ? [segment(`only ${filter.query.typed} ${countText(filter)} `, 'accent')] : []),
		...(search ? [segment(`/${search.query.typed} ${countText(search)} `, 'accent')] : []),
		segment(at === undefined ? '' : clockTime(at), 'muted'),
		segment(isFollowing ? ' end' : '', 'faint'),
	];
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Rows lines={[titleRule([segment(isFocused ? `${glyphs.cursor} ` : '', 'accent'), ...title], right, width, glyphs.horizontal)]} width={width}/>
			<Rows lines={logLines(window, {glyphs, width, height: height - 1, column, wraps, hasTimes, isFocused})} width={width} height={height - 1}/>
		</Box>
	);
}
