import calendarJson from "../../../schemas/regulation-calendar.json";
import { readCalendar, type RegulationCalendar } from "../../core/config/regulationCalendar";

/** The days on which duties begin, as this version ships them. */
export function lintCalendar(): RegulationCalendar {
  return readCalendar(calendarJson);
}
