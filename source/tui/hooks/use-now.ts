import {useEffect, useState} from 'react';

/** The time, epoch ms: renders once a second, on the second, while it is wanted. */
export function useNow(clock: () => number, isWanted = true): number {
	const [now, setNow] = useState(clock);
	useEffect(() => {
		if (!isWanted) {
			return;
		}

		let timer: NodeJS.Timeout;
		const tick = () => {
			setNow(clock());
			timer = setTimeout(tick, 1000 - (clock() % 1000));
		};

		timer = setTimeout(tick, 1000 - (clock() % 1000));
		return () => {
			clearTimeout(timer);
		};
	}, [clock, isWanted]);
	return now;
}
