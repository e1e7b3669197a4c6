using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AlertDavao.Dashboard.Data;

/// <summary>Instants as UTC unix milliseconds.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(),
    stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
