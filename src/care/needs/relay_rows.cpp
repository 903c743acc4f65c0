#include "care/needs/relay_rows.h"

namespace doorstep::needs {

ShownRow shown(const api::Context& context, const ComparedRow& row) {
  ShownRow made;
  // A row whose door nobody knows lies where its reader is.
  made.path = row.household ? row.household->path : own_path(context);
  made.key = row.row.key;
  made.text = row.row.text;
  if (row.household) made.household = row.household->household;
  made.change = row.change;
  made.lines = row.row.reading.lines;
  made.pieces = row.row.reading.pieces;
  made.unread = row.row.reading.unread;
  made.sure = row.row.reading.sure && row.household.has_value();
  if (row.standing) {
    made.need = row.standing->id;
    made.state = row.standing->state;
  }
  return made;
}

}  // namespace doorstep::needs
