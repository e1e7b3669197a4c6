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
    private readonly Column[] _columns;
    private readonly Statement _insert;

    public PreparedInsert(AlertDavaoDb db, Statements statements)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        _columns = [.. entity.GetProperties().Select(property => new Column(property))];
        var names = string.Join(", ", entity.GetProperties().Select(property => $"\"{property.GetColumnName(table)}\""));
        _insert = statements.Add($"INSERT INTO \"{table.Name}\" ({names}) VALUES ({string.Join(", ", _columns.Select(_ => "?"))})");
    }

    public void Run(T entity)
    {
        for (var at = 0; at < _columns.Length; at++)
            _insert.Bind(at + 1, _columns[at].ValueOf(entity));
        _insert.Run();
    }

    private sealed class Column
    {
        private readonly IClrPropertyGetter _getter;
        private readonly ValueConverter? _converter;

        public Column(IProperty property)
        {
            // What only EF's tracker or the database knows cannot be written from the entity alone.
            if (property.IsShadowProperty() || property.ValueGenerated != ValueGenerated.Never)
                throw new NotSupportedException($"{typeof(T).Name}.{property.Name} needs EF to be saved.");

            _getter = property.GetGetter();
            _converter = property.GetRelationalTypeMapping().Converter;
            var stored = _converter?.ProviderClrType ?? property.ClrType;
            if (!Statement.Binds(Nullable.GetUnderlyingType(stored) ?? stored))
                throw new NotSupportedException($"{typeof(T).Name}.{property.Name} is a {stored.Name}, which is not bound.");
        }

        public object? ValueOf(T entity)
        {
            var value = _getter.GetClrValue(entity);
            return value is null || _converter is null ? value : _converter.ConvertToProvider(value);
        }
    }
}
