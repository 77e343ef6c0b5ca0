import {useEffect, useState} from 'react';
import {messageOf} from '../../core/errors.ts';

export type Reading<Value> = {
	/** Undefined until it is read; while it is read anew, what it was. */
	readonly value?: Value;
	/** Why it cannot be read. */
	readonly problem?: string;
};

/**
What a promise gives, read anew whenever `read` is another function; undefined while there is nothing to read yet.
*/
export function useRead<Value>(read: () => Promise<Value | undefined>): Reading<Value> {
	const [reading, setReading] = useState<Reading<Value>>({});
	useEffect(() => {
		let isOver = false;
		const load = async () => {
			try {
				const value = await read();
				if (!isOver && value !== undefined) {
					setReading({value});
				}
			} catch (error) {
				if (!isOver) {
					setReading(({value}) => ({...(value !== undefined && {value}), problem: messageOf(error)}));
				}
			}
		};

		void load();
		return () => {
			isOver = true;
		};
	}, [read]);
	return reading;
}
