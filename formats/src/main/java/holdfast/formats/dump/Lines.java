package holdfast.formats.dump;

import java.io.Closeable;
import java.util.Iterator;

/** Lines one after the other, with something behind them that must be closed. */
interface Lines extends Iterator<TextLine>, Closeable {}
