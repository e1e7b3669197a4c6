using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Data;
using AlertDavao.Tests.Live;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>P1: the audit is append-only and chained, and one changed byte is found.</summary>
public sealed class AuditChainTests : IAsyncLifetime
{
    private House _house = null!;

    public async Task InitializeAsync()
    {
        _house = await House.Open();
        var officer = await _house.Officer("PS1");
        // Several in one unit, several units, one of them in a group that has a failure.
        for (var session = 0; session < 3; session++)
            _house.SignIn(officer);
        await _house.Get<EndSessions>().AllOf(officer, officer);
        var failing = _house.Writer.Run<bool>(unit =>
        {
            unit.Audit(officer, AuditActs.Export, subject: "of a unit that fails");
            throw new InvalidOperationException("on purpose");
        });
        var storing = _house.Writer.Run(unit =>
        {
            unit.Audit(officer, AuditActs.Export);
            unit.Audit(officer, AuditActs.CallBack, Guid.NewGuid(), "subject");
            return true;
        });
        await failing.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>();
        await storing;
    }

    public Task DisposeAsync() => _house.DisposeAsync().AsTask();

    [Fact]
    public void P1_the_chain_of_what_was_written_holds()
    {
        var verdict = Verify();

        verdict.Holds.Should().BeTrue();
        verdict.Count.Should().Be(5);
        verdict.BeforeChain.Should().Be(0);
        verdict.Head.Should().HaveCount(32);
    }

    [Theory]
    [InlineData("UPDATE Audit SET Act = 'session.openee' WHERE Id = {0}")]
    [InlineData("UPDATE Audit SET At = At + 1 WHERE Id = {0}")]
    [InlineData("UPDATE Audit SET Subject = '' WHERE Id = {0}")]
    [InlineData("UPDATE Audit SET Subject = NULL WHERE Id = {0}")]
    [InlineData("UPDATE Audit SET OfficerId = '00000000-0000-0000-0000-000000000001' WHERE Id = {0}")]
    [InlineData("UPDATE Audit SET ReportId = '00000000-0000-0000-0000-000000000001' WHERE Id = {0}")]
    [InlineData("UPDATE Audit SET Hash = zeroblob(32) WHERE Id = {0}")]
    [InlineData("UPDATE Audit SET Hash = zeroblob(0) WHERE Id = {0}")]
    public void P1_one_changed_value_is_found_at_its_entry(string change)
    {
        using (var db = _house.Db())
        {
            Unprotect(db);
            db.Database.ExecuteSqlRaw(change.Replace("{0}", "3", StringComparison.Ordinal)).Should().Be(1);
        }

        Verify().BrokenAt.Should().Be(3);
    }

    [Theory]
    [InlineData("DELETE FROM Audit WHERE Id = 3")]
    [InlineData("INSERT INTO Audit (Id, At, OfficerId, Act, Hash) SELECT 0, At, OfficerId, Act, Hash FROM Audit WHERE Id = 1")]
    public void P1_an_entry_that_was_removed_or_added_inside_is_found(string change)
    {
        using (var db = _house.Db())
        {
            Unprotect(db);
            db.Database.ExecuteSqlRaw(change);
        }

        Verify().Holds.Should().BeFalse();
    }

    [Theory]
    [InlineData("UPDATE Audit SET Act = 'x' WHERE Id = 1")]
    [InlineData("DELETE FROM Audit WHERE Id = 1")]
    public void P1_the_database_itself_refuses_to_change_the_audit(string change)
    {
        using var db = _house.Db();

        db.Invoking(open => open.Database.ExecuteSqlRaw(change)).Should().Throw<Microsoft.Data.Sqlite.SqliteException>()
            .WithMessage("*append-only*");

        Verify().Holds.Should().BeTrue();
    }

    private AuditVerdict Verify() => new VerifyAudit(_house.Get<IDbContextFactory<AlertDavaoDb>>()).Run();

    // As somebody would who has the file.
    private static void Unprotect(AlertDavaoDb db)
        => db.Database.ExecuteSqlRaw("DROP TRIGGER AuditIsNotChanged; DROP TRIGGER AuditIsNotRemoved;");
}
