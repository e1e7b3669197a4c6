using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Data;

/// <summary>What a connection must be set to before anything is written: durable, checked and patient.</summary>
public sealed class PragmaTests : IDisposable
{
    private readonly Store _store = new();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "5000")]
    public void A_fresh_connection_is_set_up(string pragma, string expected)
    {
        using var db = _store.CreateDbContext();

        Run(db, $"PRAGMA {pragma}").Should().Be(expected);
    }

    [Theory]
    [InlineData("synchronous", "0", "2")]
    [InlineData("foreign_keys", "0", "1")]
    [InlineData("busy_timeout", "1", "5000")]
    public void A_pooled_connection_is_set_up_again_whatever_its_last_user_did(string pragma, string spoilt, string expected)
    {
        using (var earlier = _store.CreateDbContext())
        {
            Run(earlier, $"PRAGMA {pragma} = {spoilt}");
            Run(earlier, $"PRAGMA {pragma}").Should().Be(spoilt);
        }

        using var db = _store.CreateDbContext();
        Run(db, $"PRAGMA {pragma}").Should().Be(expected);
    }

    public void Dispose() => _store.Dispose();

    private static string Run(DbContext db, string sql)
    {
        db.Database.OpenConnection();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }
}
