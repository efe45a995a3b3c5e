import { faultOf, TickmarkError } from "../../../shared/errors.ts";
import { listMistakes } from "../../../shared/evaluation/catalog-compilation.ts";
import type { ParameterValues } from "../../../shared/model/catalog.ts";
import type { CatalogCheck } from "../../../shared/model/catalog-check.ts";

const mostListed = 200;

/** What is wrong with a catalog while it is written, with the parameters that it will be used with. Nothing is evaluated or kept. */
export function checkCatalog(text: string, parameters: ParameterValues): CatalogCheck {
  try {
    const found = listMistakes(text, parameters);
    const mistakes = found.slice(0, mostListed).map(({ what, place }) => ({ place, message: `${what}.` }));
    return { mistakes, total: found.length };
  } catch (thrown) {
    if (!(thrown instanceof TickmarkError)) throw thrown;
    const { message, action } = faultOf(thrown);
    return { mistakes: [{ place: null, message: `${message} ${action}` }], total: 1 };
  }
}
