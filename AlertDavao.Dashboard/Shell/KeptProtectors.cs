using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Gives the same protector for the same purpose again. The framework makes the hub anew for every call of a page, an
/// acknowledgement of a draw included, and the hub asks for its protectors each time: four hashes a delivery otherwise.
/// </summary>
internal sealed class KeptProtectors(IDataProtectionProvider inner) : IDataProtectionProvider
{
    // Purposes are names in the code; what would make one of each caller is not kept.
    private const int Most = 64;

    private readonly ConcurrentDictionary<string, IDataProtector> _kept = new(StringComparer.Ordinal);

    public IDataProtector CreateProtector(string purpose)
    {
        if (_kept.TryGetValue(purpose, out var kept))
            return kept;
        var made = new Kept(inner.CreateProtector(purpose));
        return _kept.Count < Most ? _kept.GetOrAdd(purpose, made) : made;
    }

    /// <summary>Puts it before the provider that is registered.</summary>
    public static void Use(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IDataProtectionProvider));
        services.AddSingleton<IDataProtectionProvider>(provider => new KeptProtectors((IDataProtectionProvider)
            (registered.ImplementationInstance
                ?? registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!))));
    }

    private sealed class Kept(IDataProtector protector) : IDataProtector
    {
        private readonly KeptProtectors _further = new(protector);

        public IDataProtector CreateProtector(string purpose) => _further.CreateProtector(purpose);

        public byte[] Protect(byte[] plaintext) => protector.Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData) => protector.Unprotect(protectedData);
    }
}
