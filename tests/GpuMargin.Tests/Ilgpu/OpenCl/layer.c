/*
 * An OpenCL layer between ILGPU and drivers that the tests run on, PoCL and Oclgrind. Build and use:
 *   gcc -O1 -fPIC -shared -o layer.so layer.c
 *   OPENCL_LAYERS=$PWD/layer.so LAYER_SPACES=1 gpumargin run ... --backend opencl
 *
 * LAYER_SPACES=1           The device has the generic address space. ILGPU asks for it and needs it only where it casts the
 *                          address of an atomic operation; there the address space is written out.
 * LAYER_OLD=1              OpenCL C 1.2 for Oclgrind: old names of atomics and barriers, an in-order queue of the old kind.
 * LAYER_OPTIONS=...        Further build options.
 * LAYER_SIGNED=1           Undoes what the library does to integer arithmetic: what happens without it.
 * LAYER_GLOBAL_FENCES=1    Undoes what the library does to barriers.
 * LAYER_SINGLE=n, LAYER_DOUBLE=n   What the device promises of floating point, as CL_DEVICE_SINGLE_FP_CONFIG, ..._DOUBLE_...
 * LAYER_BROKEN=1           A source that does not compile.
 * LAYER_LARGEST=n          Bytes of one buffer, at most.
 */
#define CL_TARGET_OPENCL_VERSION 300
#define _GNU_SOURCE
#include <CL/cl_layer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CL_DEVICE_GENERIC_ADDRESS_SPACE 0x1069

static struct _cl_icd_dispatch mine;
static const struct _cl_icd_dispatch *next;

static cl_int answer(const void *answer, size_t bytes, size_t size, void *value, size_t *needed)
{
    if (value != NULL && size < bytes)
        return CL_INVALID_VALUE;
    if (value != NULL)
        memcpy(value, answer, bytes);
    if (needed != NULL)
        *needed = bytes;
    return CL_SUCCESS;
}

static cl_int CL_API_CALL device_info(cl_device_id device, cl_device_info name, size_t size, void *value, size_t *needed)
{
    const char *number = name == CL_DEVICE_SINGLE_FP_CONFIG ? getenv("LAYER_SINGLE")
        : name == CL_DEVICE_DOUBLE_FP_CONFIG ? getenv("LAYER_DOUBLE")
        : name == CL_DEVICE_MAX_MEM_ALLOC_SIZE ? getenv("LAYER_LARGEST")
        : NULL;
    if (number != NULL) {
        cl_ulong bits = strtoull(number, NULL, 0);
        return answer(&bits, sizeof bits, size, value, needed);
    }
    if (name == CL_DEVICE_GENERIC_ADDRESS_SPACE && getenv("LAYER_SPACES")) {
        cl_bool yes = CL_TRUE;
        return answer(&yes, sizeof yes, size, value, needed);
    }
    const char *version = !getenv("LAYER_OLD") ? NULL
        : name == CL_DEVICE_VERSION ? "OpenCL 2.0 layer"
        : name == CL_DEVICE_OPENCL_C_VERSION ? "OpenCL C 2.0 layer"
        : NULL;
    return version != NULL ? answer(version, strlen(version) + 1, size, value, needed) : next->clGetDeviceInfo(device, name, size, value, needed);
}

static cl_command_queue CL_API_CALL old_queue(cl_context context, cl_device_id device, const cl_queue_properties *properties, cl_int *error)
{
    cl_command_queue_properties wanted = 0;
    for (; properties != NULL && *properties != 0; properties += 2)
        if (*properties == CL_QUEUE_PROPERTIES)
            wanted = properties[1];
    return next->clCreateCommandQueue(context, device, wanted & ~(cl_command_queue_properties)CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE, error);
}

/* The address space of a variable by the typedef of its type: "typedef local int* type_5;" and "type_5 var7;". */
static const char *space_of(const char *text, const char *variable, int length)
{
    char declaration[64];
    snprintf(declaration, sizeof declaration, " %.*s;", length, variable);
    for (const char *found = strstr(text, declaration); found != NULL; found = strstr(found + 1, declaration)) {
        const char *type = found;
        while (type > text && type[-1] != '\t' && type[-1] != '\n')
            type--;
        if (strncmp(type, "type_", 5) != 0)
            continue;
        char definition[64];
        snprintf(definition, sizeof definition, "* %.*s;", (int)(found - type), type);
        const char *line = strstr(text, definition);
        if (line == NULL)
            continue;
        while (line > text && line[-1] != '\n')
            line--;
        return strncmp(line, "typedef global", 14) == 0 ? "global " : strncmp(line, "typedef local", 13) == 0 ? "local " : "";
    }
    return "";
}

/* "(atomic_int*)var5" becomes "(local atomic_int*)var5". */
static char *with_spaces(const char *text)
{
    char *result = malloc(strlen(text) * 2 + 1), *to = result;
    for (const char *from = text; *from != 0;) {
        if (strncmp(from, "(atomic_", 8) == 0) {
            const char *variable = strstr(from, "*)");
            variable = variable != NULL && strncmp(variable + 2, "var", 3) == 0 ? variable + 2 : NULL;
            const char *space = variable != NULL ? space_of(text, variable, 3 + (int)strspn(variable + 3, "0123456789")) : "";
            *to++ = *from++;
            to = stpcpy(to, space);
        } else {
            *to++ = *from++;
        }
    }
    *to = 0;
    return result;
}

/* Texts of the same length, so that it is done in place. */
static void replace_all(char *text, const char *old, const char *new)
{
    for (char *found = strstr(text, old); found != NULL; found = strstr(found, old))
        memcpy(found, new, strlen(new));
}

static void with_signed_operations(char *text)
{
    static const char *const changes[][2] = {
        {"(int)((uint) ", "(int)((int)  "}, {"(long)((ulong) ", "(long)((long)  "},
        {"+  (uint)", "+   (int)"}, {"-  (uint)", "-   (int)"}, {"*  (uint)", "*   (int)"}, {"<<  (uint)", "<<   (int)"},
        {"+  (ulong)", "+   (long)"}, {"-  (ulong)", "-   (long)"}, {"*  (ulong)", "*   (long)"}, {"<<  (ulong)", "<<   (long)"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        replace_all(text, changes[i][0], changes[i][1]);
}

static const char old_names[] =
    "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n"
    "#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable\n"
    "#pragma OPENCL EXTENSION cl_khr_int64_extended_atomics : enable\n"
    "#define work_group_barrier barrier\n"
    "#define atomic_int int\n#define atomic_uint uint\n#define atomic_long long\n#define atomic_ulong ulong\n"
    "#define atomic_fetch_add atomic_add\n#define atomic_fetch_min atom_min\n#define atomic_fetch_max atom_max\n";

static cl_program CL_API_CALL create_program(cl_context context, cl_uint count, const char **sources, const size_t *lengths, cl_int *error)
{
    if (count != 1)
        return next->clCreateProgramWithSource(context, count, sources, lengths, error);
    char *original = strndup(sources[0], lengths != NULL && lengths[0] != 0 ? lengths[0] : strlen(sources[0]));
    char *changed = getenv("LAYER_SPACES") ? with_spaces(original) : strdup(original);
    if (getenv("LAYER_SIGNED"))
        with_signed_operations(changed);
    if (getenv("LAYER_GLOBAL_FENCES"))
        replace_all(changed, "CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE", "                      CLK_GLOBAL_MEM_FENCE");
    const char *parts[] = {getenv("LAYER_OLD") ? old_names : "", changed, getenv("LAYER_BROKEN") && strstr(changed, "ILGPU v") ? "this is no C" : ""};
    cl_program program = next->clCreateProgramWithSource(context, 3, parts, NULL, error);
    free(original);
    free(changed);
    return program;
}

static cl_int CL_API_CALL build_program(
    cl_program program, cl_uint count, const cl_device_id *devices, const char *options, void(CL_CALLBACK *done)(cl_program, void *), void *data)
{
    char all[4096] = "";
    const char *further = getenv("LAYER_OPTIONS");
    snprintf(all, sizeof all, "%s %s", options != NULL ? options : "", further != NULL ? further : "");
    char *standard = getenv("LAYER_OLD") ? strstr(all, "-cl-std=CL") : NULL;
    if (standard != NULL)
        memcpy(standard + strlen("-cl-std=CL"), "1.2", 3);
    return next->clBuildProgram(program, count, devices, all, done, data);
}

CL_API_ENTRY cl_int CL_API_CALL clGetLayerInfo(cl_layer_info name, size_t size, void *value, size_t *needed)
{
    static const char layer[] = "gpumargin-tests";
    cl_layer_api_version version = CL_LAYER_API_VERSION_100;
    return name == CL_LAYER_API_VERSION ? answer(&version, sizeof version, size, value, needed)
        : name == CL_LAYER_NAME ? answer(layer, sizeof layer, size, value, needed)
        : CL_INVALID_VALUE;
}

CL_API_ENTRY cl_int CL_API_CALL clInitLayer(cl_uint entries, const struct _cl_icd_dispatch *target, cl_uint *own_entries, const struct _cl_icd_dispatch **own)
{
    next = target;
    memcpy(&mine, target, entries * sizeof(void *) < sizeof mine ? entries * sizeof(void *) : sizeof mine);
    mine.clGetDeviceInfo = device_info;
    mine.clCreateProgramWithSource = create_program;
    mine.clBuildProgram = build_program;
    if (getenv("LAYER_OLD"))
        mine.clCreateCommandQueueWithProperties = old_queue;
    *own = &mine;
    *own_entries = sizeof mine / sizeof(void *);
    return CL_SUCCESS;
}
