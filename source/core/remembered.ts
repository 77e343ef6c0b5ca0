/**
What is found out once for each key. A failure is not remembered: who asks again has it tried again.

@param values What has been found out, or is being.
@throws Whatever `find` rejects with.
*/
export async function remembered<Value>(values: Map<string, Promise<Value>>, key: string, find: () => Promise<Value>): Promise<Value> {
	const value = values.get(key) ?? find();
	values.set(key, value);
	try {
		return await value;
	} catch (error) {
		// Others that waited for the same failure may have begun anew.
		if (values.get(key) === value) {
			values.delete(key);
		}

		throw error;
	}
}
