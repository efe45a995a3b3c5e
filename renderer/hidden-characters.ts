export { showHidden } from "../shared/model/hidden-characters.ts";
