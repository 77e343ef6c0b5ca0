import {useCallback} from 'react';
import {BenchError} from '../../../core/errors.ts';
import {useBrowser} from '../context.ts';
import {type Place, type ScreenProps} from '../place.ts';
import {TextScreen} from './text-screen.tsx';

type TextPlaceProps = ScreenProps & {readonly place: Extract<Place, {readonly kind: 'compare' | 'plan'}>};

/** What is shown as a text: a plan, which enter runs; a comparison. */
export function TextPlace({place, ...props}: TextPlaceProps) {
	const {options: {actions}, onEnd} = useBrowser();
	const read = useCallback(async (columns: number): Promise<string> => {
		const text = place.kind === 'plan' ? actions?.plan?.(place.suite) : actions?.compare?.(place.paths, columns - 2);
		if (text === undefined) {
			throw new BenchError('usage', 'That is not there in this browser.');
		}

		return text;
	}, [place, actions]);
	return (
		<TextScreen
			{...props} title={titleOf(place)} read={read} wraps={place.kind === 'compare'}
			enter={place.kind === 'plan'
				? {label: `Enter runs ${place.suite}.`, take() {
					onEnd({kind: 'run', suite: place.suite});
				}}
				: undefined}
		/>
	);
}

function titleOf(place: TextPlaceProps['place']): string {
	switch (place.kind) {
		case 'plan': {
			return `plan of ${place.suite}`;
		}

		case 'compare': {
			return `compare ${place.paths.length} runs`;
		}
	}
}
