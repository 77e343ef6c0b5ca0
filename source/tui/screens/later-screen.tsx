import {type ComponentProps, useEffect, useState} from 'react';
import {type InnerScreen} from './inner-screen.tsx';

let loaded: typeof InnerScreen | undefined;

/** Loads the screens behind the lists, which are there from then on. */
export async function loadInnerScreens(): Promise<void> {
	const {InnerScreen} = await import('./inner-screen.tsx');
	loaded = InnerScreen;
}

/** A screen behind the lists. They are loaded once a list is on the terminal, so that a person never waits for their code. */
export function LaterScreen(props: ComponentProps<typeof InnerScreen>) {
	const [isThere, setIsThere] = useState(loaded !== undefined);
	useEffect(() => {
		let isOver = false;
		const load = async () => {
			await loadInnerScreens();
			if (!isOver) {
				setIsThere(true);
			}
		};

		if (!isThere) {
			void load();
		}

		return () => {
			isOver = true;
		};
	}, [isThere]);
	const Inner = isThere ? loaded : undefined;
	return Inner ? <Inner {...props}/> : null;
}
