// Half of what a key may wait without anybody noticing.
const sliceMs = 8;

/**
Does work that takes a while in slices: the first at once, so that little of it is done before this returns; between slices the
event loop has its turn.

@param advance Does a little, and says whether more is left.
@param clock Ms, as of a clock that never goes back.
@returns What ends it before it is done.
*/
export function inSlices(advance: () => boolean, clock: () => number): () => void {
	let next: NodeJS.Immediate | undefined;
	const slice = () => {
		const until = clock() + sliceMs;
		while (advance()) {
			if (clock() >= until) {
				next = setImmediate(slice);
				return;
			}
		}
	};

	slice();
	return () => {
		clearImmediate(next);
	};
}
