using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// An INSERT of one entity, prepared once and bound anew for each row. Columns, types and conversions are those of EF's own
/// model, so that a column added there is written here too; nothing is tracked.
/// </summary>
internal sealed class PreparedInsert<T>
    where T : class
{
    private readonly SqliteCommand _command;
    private readonly Column[] _columns;

    public PreparedInsert(AlertDavaoDb db, PreparedCommands commands)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        var properties = entity.GetProperties().ToArray();
        var names = string.Join(", ", properties.Select(property => $"\"{property.GetColumnName(table)}\""));
        var values = string.Join(", ", properties.Select((_, at) => $"@p{at}"));
        _command = commands.Prepare($"INSERT INTO \"{table.Name}\" ({names}) VALUES ({values})");
        _columns = [.. properties.Select((property, at) => new Column(property, _command, $"@p{at}"))];
    }

    public void Run(T entity)
    {
        foreach (var column in _columns)
            column.Bind(entity);
        _command.ExecuteNonQuery();
    }

    private sealed class Column
    {
        private readonly IClrPropertyGetter _getter;
        private readonly ValueConverter? _converter;
        private readonly SqliteParameter _parameter;

        public Column(IProperty property, SqliteCommand command, string name)
        {
            // What only EF's tracker or the database knows cannot be written from the entity alone.
            if (property.IsShadowProperty() || property.ValueGenerated != ValueGenerated.Never)
                throw new NotSupportedException($"{typeof(T).Name}.{property.Name} needs EF to be saved.");

            var mapping = property.GetRelationalTypeMapping();
            _getter = property.GetGetter();
            _converter = mapping.Converter;
            _parameter = (SqliteParameter)mapping.CreateParameter(command, name, null, nullable: true);
            command.Parameters.Add(_parameter);
        }

        public void Bind(T entity)
        {
            var value = _getter.GetClrValue(entity);
            _parameter.Value = (value is null || _converter is null ? value : _converter.ConvertToProvider(value)) ?? DBNull.Value;
        }
    }
}
