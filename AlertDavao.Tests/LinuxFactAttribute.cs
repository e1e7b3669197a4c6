namespace AlertDavao.Tests;

/// <summary>A test that asks the kernel of Linux; elsewhere it is skipped, visibly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Only Linux says how much memory a process took at most.";
    }
}
