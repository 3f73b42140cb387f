using System.Security.Cryptography;
using System.Text;

namespace WorkflowStudio.Engine.Model;

/// <summary>The roles that every workspace has. What each may is said where permissions are named.</summary>
public enum WorkspaceRole
{
    /// <summary>Reads.</summary>
    Viewer = 0,

    /// <summary>Runs, pauses, cancels, retries, approves and resends; changes nothing.</summary>
    Operator = 1,

    /// <summary>Makes, changes, publishes and runs; shares what is theirs.</summary>
    Editor = 2,

    /// <summary>Everything but what is the owners' alone.</summary>
    Admin = 3,

    /// <summary>Everything. A workspace has at least one.</summary>
    Owner = 4,
}

/// <summary>
/// The ids of those roles: made of the workspace's id, so that they are there without rows, the same on every node and for ever. A grant
/// and <c>shared_role_ids</c> name them like those of roles that somebody made.
/// </summary>
public static class BuiltInRoles
{
    /// <summary>All of them, the one that may most first.</summary>
    public static IReadOnlyList<WorkspaceRole> All { get; } =
        [WorkspaceRole.Owner, WorkspaceRole.Admin, WorkspaceRole.Editor, WorkspaceRole.Operator, WorkspaceRole.Viewer];

    /// <summary>The id of a role in a workspace: a UUID of version 8 (RFC 9562, section 5.8).</summary>
    public static Guid IdOf(Guid workspaceId, WorkspaceRole role)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. workspaceId.ToByteArray(true), .. Encoding.ASCII.GetBytes(role.ToString())], hash);
        (hash[6], hash[8]) = ((byte)(0x80 | (hash[6] & 0x0F)), (byte)(0x80 | (hash[8] & 0x3F)));
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The role with this id in a workspace; null when it is none of these.</summary>
    public static WorkspaceRole? Find(Guid workspaceId, Guid roleId)
    {
        foreach (var role in All)
            if (IdOf(workspaceId, role) == roleId) return role;
        return null;
    }
}
