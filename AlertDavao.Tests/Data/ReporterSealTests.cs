using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.DataProtection;

namespace AlertDavao.Tests.Data;

public sealed class ReporterSealTests
{
    private static readonly Reporter Someone = new("ref-1", "Maria Clara", "0917 555 0100");

    private readonly ReporterSeal _seal = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void What_was_sealed_opens_again()
    {
        _seal.TryOpen(_seal.Seal(Someone)!, out var reporter).Should().BeTrue();

        reporter.Should().Be(Someone);
    }

    [Fact]
    public void Without_the_key_it_says_so_and_throws_nothing()
    {
        var byAnotherKey = new ReporterSeal(new EphemeralDataProtectionProvider()).Seal(Someone)!;

        _seal.TryOpen(byAnotherKey, out var reporter).Should().BeFalse();

        reporter.Should().BeNull();
    }

    [Fact]
    public void Bytes_that_are_no_seal_open_nothing() => _seal.TryOpen([1, 2, 3], out _).Should().BeFalse();

    [Fact]
    public void Of_nobody_nothing_is_sealed() => _seal.Seal(new Reporter(null, null, null)).Should().BeNull();
}
