using System.Security.Cryptography;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.DataProtection;

namespace AlertDavao.Tests.Shell;

public sealed class KeptProtectorsTests
{
    private static readonly byte[] Secret = "a secret"u8.ToArray();

    private readonly KeptProtectors _protectors = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void The_same_purpose_gets_the_same_protector_at_every_depth()
    {
        _protectors.CreateProtector("circuits").Should().BeSameAs(_protectors.CreateProtector("circuits"));
        _protectors.CreateProtector("circuits").CreateProtector("v1").Should().BeSameAs(_protectors.CreateProtector("circuits").CreateProtector("v1"));
    }

    [Fact]
    public void What_was_sealed_for_one_purpose_opens_for_no_other()
    {
        var sealedFor = _protectors.CreateProtector("circuits").Protect(Secret);

        _protectors.CreateProtector("circuits").Unprotect(sealedFor).Should().Equal(Secret);
        foreach (var other in new[] { _protectors.CreateProtector("cookies"), _protectors.CreateProtector("circuits").CreateProtector("v1") })
            other.Invoking(one => one.Unprotect(sealedFor)).Should().Throw<CryptographicException>();
    }

    [Fact]
    public void Purposes_beyond_those_that_are_kept_work_as_well()
    {
        var all = Enumerable.Range(0, 1_000).Select(number => (Purpose: $"purpose {number}", Sealed: _protectors.CreateProtector($"purpose {number}").Protect(Secret))).ToList();

        all.Should().OnlyContain(one => _protectors.CreateProtector(one.Purpose).Unprotect(one.Sealed).SequenceEqual(Secret));
        _protectors.CreateProtector("purpose 999").Should().NotBeSameAs(_protectors.CreateProtector("purpose 999"), "memory is bounded");
    }
}
