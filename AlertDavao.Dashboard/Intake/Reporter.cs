using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace AlertDavao.Dashboard.Intake;

/// <summary>Who reported, in the client's words. Name and phone are null for an anonymous report.</summary>
internal sealed record Reporter(string? Reference, string? Name, string? Phone)
{
    public bool IsNobody => Reference is null && Name is null && Phone is null;
}

/// <summary>Seals a reporter at rest with the product's rotating keys; plain text never reaches the database or a log.</summary>
internal sealed class ReporterSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("AlertDavao.Reporter.v1");

    public byte[]? Seal(Reporter reporter)
        => reporter.IsNobody ? null : _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(reporter));
}
