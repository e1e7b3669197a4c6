using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// An INSERT of one entity, prepared once and bound anew for each row. Columns, types and conversions are those of EF's own
/// model, so that a column added there is written here too; nothing is tracked. What is null stands in the statement itself: a third
/// of an arriving report's columns are, and every value that is bound is looked up by its name.
/// </summary>
internal sealed class PreparedInsert<T>
    where T : class
{
    /// <summary>Statements kept, each for rows that are null in the same columns; what is beyond them binds its nulls, too.</summary>
    private const int MostShapes = 32;

    /// <summary>The shape without a null.</summary>
    private const ulong Full = ulong.MaxValue;

    private readonly PreparedCommands _commands;
    private readonly string _into;
    private readonly Column[] _columns;
    private readonly object?[] _values;
    private readonly Dictionary<ulong, SqliteCommand> _byShape = [];

    public PreparedInsert(AlertDavaoDb db, PreparedCommands commands)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        _commands = commands;
        _columns = [.. entity.GetProperties().Select((property, at) => new Column(property, $"@p{at}"))];
        _values = new object?[_columns.Length];
        if (_columns.Length >= 64)
            throw new NotSupportedException($"{typeof(T).Name} has too many columns.");
        var names = string.Join(", ", entity.GetProperties().Select(property => $"\"{property.GetColumnName(table)}\""));
        _into = $"INSERT INTO \"{table.Name}\" ({names}) VALUES";
    }

    public void Run(T entity)
    {
        ulong shape = 0;
        for (var at = 0; at < _columns.Length; at++)
        {
            _values[at] = _columns[at].ValueOf(entity);
            if (_values[at] is not null)
                shape |= 1UL << at;
        }

        var command = Command(ref shape);
        var bound = 0;
        for (var at = 0; at < _columns.Length; at++)
        {
            if (Has(shape, at))
                command.Parameters[bound++].Value = _values[at] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private static bool Has(ulong shape, int column) => (shape >> column & 1) != 0;

    private SqliteCommand Command(ref ulong shape)
    {
        if (_byShape.TryGetValue(shape, out var known))
            return known;
        if (_byShape.Count >= MostShapes && _byShape.TryGetValue(shape = Full, out known))
            return known;
        return _byShape[shape] = Prepare(shape);
    }

    private SqliteCommand Prepare(ulong shape)
    {
        var values = _columns.Select((column, at) => Has(shape, at) ? column.Name : "NULL");
        var command = _commands.Prepare($"{_into} ({string.Join(", ", values)})");
        for (var at = 0; at < _columns.Length; at++)
        {
            if (Has(shape, at))
                command.Parameters.Add(_columns[at].Parameter(command));
        }

        return command;
    }

    private sealed class Column
    {
        private readonly RelationalTypeMapping _mapping;
        private readonly IClrPropertyGetter _getter;
        private readonly ValueConverter? _converter;

        public Column(IProperty property, string name)
        {
            // What only EF's tracker or the database knows cannot be written from the entity alone.
            if (property.IsShadowProperty() || property.ValueGenerated != ValueGenerated.Never)
                throw new NotSupportedException($"{typeof(T).Name}.{property.Name} needs EF to be saved.");

            Name = name;
            _mapping = property.GetRelationalTypeMapping();
            _getter = property.GetGetter();
            _converter = _mapping.Converter;
        }

        public string Name { get; }

        public object? ValueOf(T entity)
        {
            var value = _getter.GetClrValue(entity);
            return value is null || _converter is null ? value : _converter.ConvertToProvider(value);
        }

        public SqliteParameter Parameter(SqliteCommand command) => (SqliteParameter)_mapping.CreateParameter(command, Name, null, nullable: true);
    }
}
