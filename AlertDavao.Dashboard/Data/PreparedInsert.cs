using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// An INSERT of one entity, prepared once and bound anew for each row. Columns, types and conversions are those of EF's own
/// model, so that a column added there is written here too; nothing is tracked.
/// </summary>
internal sealed class PreparedInsert<T>
    where T : class
{
    private readonly PreparedStatement _statement;
    private readonly Action<PreparedStatement, T> _bind;

    public PreparedInsert(AlertDavaoDb db, PreparedCommands commands)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        var properties = entity.GetProperties().ToArray();
        var names = string.Join(", ", properties.Select(property => $"\"{property.GetColumnName(table)}\""));
        var values = string.Join(", ", properties.Select(_ => "?"));
        _statement = commands.Compile($"INSERT INTO \"{table.Name}\" ({names}) VALUES ({values})");
        _bind = Binder(properties);
    }

    public void Run(T entity)
    {
        _bind(_statement, entity);
        _statement.Run();
    }

    private static Action<PreparedStatement, T> Binder(IProperty[] properties)
    {
        var (statement, entity) = (Expression.Parameter(typeof(PreparedStatement)), Expression.Parameter(typeof(T)));
        var binds = properties.Select((property, at) => Bind(statement, at + 1, Stored(entity, property)));
        return Expression.Lambda<Action<PreparedStatement, T>>(Expression.Block(binds), statement, entity).Compile();
    }

    // The value as EF's own conversion hands it to the provider; null stays null.
    private static Expression Stored(ParameterExpression entity, IProperty property)
    {
        // What only EF's tracker or the database knows cannot be written from the entity alone.
        if (property.IsShadowProperty() || property.ValueGenerated != ValueGenerated.Never)
            throw new NotSupportedException($"{typeof(T).Name}.{property.Name} needs EF to be saved.");

        var value = Expression.MakeMemberAccess(entity, property.PropertyInfo ?? (MemberInfo)property.FieldInfo!);
        if (property.GetRelationalTypeMapping().Converter is not { } converter)
            return value;

        var convert = converter.ConvertToProviderExpression;
        var stored = Expression.Invoke(convert, OfType(value, convert.Parameters[0].Type));
        var nullable = Nullable(stored.Type);
        return value.Type.IsValueType && System.Nullable.GetUnderlyingType(value.Type) is null
            ? stored
            : Expression.Condition(
                Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Default(nullable), OfType(stored, nullable));
    }

    private static MethodCallExpression Bind(ParameterExpression statement, int at, Expression value)
    {
        var type = System.Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        var bound = Nullable(type == typeof(int) ? typeof(long) : type);
        var bind = typeof(PreparedStatement).GetMethod(nameof(PreparedStatement.Bind), [typeof(int), bound])
            ?? throw new NotSupportedException($"A {value.Type} cannot be bound.");
        return Expression.Call(statement, bind, Expression.Constant(at), OfType(value, bound));
    }

    private static Expression OfType(Expression value, Type type) => value.Type == type ? value : Expression.Convert(value, type);

    private static Type Nullable(Type type)
        => type.IsValueType && System.Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
}
