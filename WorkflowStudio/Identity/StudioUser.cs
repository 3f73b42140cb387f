using Microsoft.AspNetCore.Identity;

namespace WorkflowStudio.Identity;

/// <summary>A person who can sign in. Rights are not here: they belong to the workspaces.</summary>
internal sealed class StudioUser : IdentityUser<Guid>
{
    /// <summary>The name that other people read.</summary>
    [ProtectedPersonalData]
    public required string Name { get; set; }
}
