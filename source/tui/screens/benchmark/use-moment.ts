import {useRef} from 'react';
import {type LogReader} from '../../../logs/log-reader.ts';
import {type TimeRange} from '../../text/time-chart.ts';
import {stepped} from './benchmark-state.ts';
import {type ReaderPool} from './reader-pool.ts';

type MomentOptions = {
	/** The moment that the state has; undefined until somebody points somewhere. */
	readonly at: number | undefined;
	readonly range: TimeRange;
	/** Columns of a chart. */
	readonly width: number;
	readonly pool: ReaderPool;
	/** The log in focus. */
	readonly reader: LogReader | undefined;
	readonly onPoint: (at: number) => void;
};

export type Moment = {
	/** Some columns of the charts further, and all logs with them. */
	step(columns: number): void;
	/** To where the log in focus was moved, and all others with it. */
	follow(): void;
};

/** The one moment that charts and logs share. A log takes its time to be moved; a key pressed meanwhile goes on from where that leads. */
export function useMoment({at, range, width, pool, reader, onPoint}: MomentOptions): Moment {
	const moment = useRef(at);
	const work = useRef(Promise.resolve());
	const inOrder = (task: () => Promise<void>) => {
		work.current = work.current.then(task);
	};

	const point = (to: number | undefined, but?: LogReader) => {
		if (to !== undefined) {
			moment.current = to;
			onPoint(to);
			pool.seek(to, but);
		}
	};

	return {
		step(columns) {
			inOrder(async () => {
				await reader?.settled();
				point(stepped(moment.current, columns, range, width));
			});
		},
		follow() {
			inOrder(async () => {
				await reader?.settled();
				point(reader?.state().at, reader);
			});
		},
	};
}
