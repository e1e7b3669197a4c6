using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// A statement that is compiled once on an open connection and run again and again, its values bound by their place. The
/// provider's command looks each of them up by name and boxes it, every time: of the way of a report more than a tenth.
/// </summary>
/// <param name="sql">Ours alone: constants and names of the model.</param>
internal sealed class PreparedStatement(SqliteConnection connection, string sql) : IDisposable
{
    private sqlite3_stmt? _compiled;
    private byte[] _text = new byte[1024];

    // At the first use: whoever makes it has not opened the connection yet.
    private sqlite3_stmt Compiled
    {
        get
        {
            if (_compiled is null)
                Check(raw.sqlite3_prepare_v3(connection.Handle!, sql, raw.SQLITE_PREPARE_PERSISTENT, out _compiled));
            return _compiled!;
        }
    }

    /// <param name="at">From 1.</param>
    /// <param name="value">Null is SQL's NULL, here and below.</param>
    public void Bind(int at, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(Compiled, at));
            return;
        }

        // One more than none: of an empty span nothing but NULL can be made.
        var most = Encoding.UTF8.GetMaxByteCount(value.Length) + 1;
        if (_text.Length < most)
            _text = new byte[most];
        var length = Encoding.UTF8.GetBytes(value, _text);
        Check(length == 0 ? raw.sqlite3_bind_text(Compiled, at, "") : raw.sqlite3_bind_text(Compiled, at, _text.AsSpan(0, length)));
    }

    public void Bind(int at, long? value)
        => Check(value is { } number ? raw.sqlite3_bind_int64(Compiled, at, number) : raw.sqlite3_bind_null(Compiled, at));

    public void Bind(int at, double? value)
        => Check(value is { } number ? raw.sqlite3_bind_double(Compiled, at, number) : raw.sqlite3_bind_null(Compiled, at));

    public void Bind(int at, bool? value) => Bind(at, value is { } yes ? (yes ? 1 : 0) : default(long?));

    /// <summary>As text in capitals, which is how the provider writes it.</summary>
    public void Bind(int at, Guid? value)
    {
        if (value is not { } id)
        {
            Check(raw.sqlite3_bind_null(Compiled, at));
            return;
        }

        id.TryFormat(_text, out var length);
        Ascii.ToUpperInPlace(_text.AsSpan(0, length), out _);
        Check(raw.sqlite3_bind_text(Compiled, at, _text.AsSpan(0, length)));
    }

    public void Bind(int at, byte[]? value) => Check(
        value is null ? raw.sqlite3_bind_null(Compiled, at)
        : value.Length == 0 ? raw.sqlite3_bind_zeroblob(Compiled, at, 0)
        : raw.sqlite3_bind_blob(Compiled, at, value));

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="SqliteException">What SQLite says against it.</exception>
    /// <returns>Whether there is one; <see cref="Reset"/> comes after the last.</returns>
    public bool Step()
    {
        var answer = raw.sqlite3_step(Compiled);
        if (answer is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return answer == raw.SQLITE_ROW;
        Reset();
        SqliteException.ThrowExceptionForRC(answer, connection.Handle);
        return false;
    }

    /// <param name="column">From 0, here and below.</param>
    public long Long(int column) => raw.sqlite3_column_int64(Compiled, column);

    public string Text(int column) => raw.sqlite3_column_text(Compiled, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(Compiled, column).ToArray();

    /// <summary>The rows are done with; what is bound stays.</summary>
    public void Reset() => _ = raw.sqlite3_reset(Compiled);

    public void Run()
    {
        while (Step())
        {
            // Rows of it are nobody's.
        }

        Reset();
    }

    public void Dispose() => _compiled?.Dispose();

    private void Check(int answer)
    {
        if (answer != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(answer, connection.Handle);
    }
}
