using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AlertDavao.Dashboard.Data;

/// <summary>Takes a statement to its next row or its end, and says what SQLite says.</summary>
internal delegate int Stepper(sqlite3_stmt statement, string sql);

/// <summary>
/// A statement that is compiled once on a connection that stays open, and run in whatever transaction that is in: at its first run, and
/// kept. Its parameters are bound by their places, as the provider binds them; that one looks each up by its name, each time, and makes a
/// reader of each run (docs: performance). One thread's, one run at a time.
/// </summary>
/// <param name="sql">Ours alone: constants and names of the model, one statement, parameters as question marks.</param>
internal sealed class Statement(SqliteConnection connection, string sql, Stepper step) : IDisposable
{
    private byte[] _text = new byte[256];
    private sqlite3_stmt? _made;

    private sqlite3_stmt Made => _made ??= Make();

    /// <summary>Whether a value of the type can be bound.</summary>
    public static bool Binds(Type type)
        => type == typeof(string) || type == typeof(long) || type == typeof(int) || type == typeof(bool) || type == typeof(double)
            || type == typeof(Guid) || type == typeof(byte[]);

    /// <summary>SQLite's own.</summary>
    public static int Step(sqlite3_stmt statement, string sql) => raw.sqlite3_step(statement);

    /// <summary>Binds a parameter; it stays until it is bound anew.</summary>
    /// <param name="at">The first is 1.</param>
    /// <exception cref="NotSupportedException">Nothing that <see cref="Binds"/> knows.</exception>
    /// <exception cref="SqliteException">It is longer than SQLite takes.</exception>
    public void Bind(int at, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(Made, at),
        string text => BindText(at, text),
        long number => raw.sqlite3_bind_int64(Made, at, number),
        int number => raw.sqlite3_bind_int64(Made, at, number),
        bool flag => raw.sqlite3_bind_int64(Made, at, flag ? 1 : 0),
        double number when !double.IsNaN(number) => raw.sqlite3_bind_double(Made, at, number),
        Guid id => BindId(at, id),
        byte[] bytes => raw.sqlite3_bind_blob(Made, at, bytes),
        _ => throw new NotSupportedException($"A {value.GetType().Name} is not bound."),
    });

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="SqliteException">It failed; what it wrote is undone.</exception>
    public void Run()
    {
        try
        {
            while (Next())
            {
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Runs it to its first row.</summary>
    /// <param name="read">Takes from the row what is asked for.</param>
    /// <returns>What was read; the type's default when there is no row.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public T? First<T>(Func<Statement, T> read)
    {
        try
        {
            return Next() ? read(this) : default;
        }
        finally
        {
            End();
        }
    }

    /// <summary>A column of the row that is read; the first is 0.</summary>
    public long Long(int column) => raw.sqlite3_column_int64(Made, column);

    /// <inheritdoc cref="Long"/>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(Made, column).ToArray();

    /// <inheritdoc cref="Long"/>
    public Guid Id(int column) => Guid.Parse(raw.sqlite3_column_text(Made, column).utf8_to_string());

    public void Dispose() => _made?.Dispose();

    private bool Next()
    {
        var result = step(Made, sql);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Check(result);
        return result == raw.SQLITE_ROW;
    }

    // It says once more what the last step has said.
    private void End() => _ = raw.sqlite3_reset(Made);

    private int BindText(int at, string text)
    {
        // Nothing at an address of its own would be null to SQLite.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(Made, at, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
            _text = new byte[most];
        return raw.sqlite3_bind_text(Made, at, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    // In capitals, as everywhere in the database.
    private int BindId(int at, Guid id)
    {
        Span<byte> lower = stackalloc byte[36];
        id.TryFormat(lower, out var length);
        Span<byte> upper = stackalloc byte[36];
        Ascii.ToUpper(lower[..length], upper, out length);
        return raw.sqlite3_bind_text(Made, at, upper[..length]);
    }

    private sqlite3_stmt Make()
    {
        Check(raw.sqlite3_prepare_v3(connection.Handle!, sql, raw.SQLITE_PREPARE_PERSISTENT, out var made));
        return made;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection.Handle);
}
