#!/usr/bin/env python3
"""Our ONNX files, checked by the onnx package, computed by numpy and compared with the reference network.

    onnx_outputs.py PONNUKI_NN_TESTS

The argument is the test program that writes nets with their inputs and outputs (tests/nn/files/onnx_outputs_test.cc).
Outputs must agree within 1e-4 (relatively, if beyond 1): each board alone, and all boards as one batch of the largest
size, in which the input is 0 beside the smaller boards. Exit code 77 (skipped) without python3-onnx and python3-numpy.
"""
import json
import os
import subprocess
import sys
import tempfile

try:
    import numpy as np
    import onnx
    import onnx.numpy_helper
except ImportError as missing:
    print(f"skipped: {missing} (scripts/install-packages onnx)")
    sys.exit(77)

TOLERANCE = 1e-4


def conv(x, w, kernel_shape, pads, dilations):
    (height, width), (pad_y, pad_x, _, _), (step_y, step_x) = kernel_shape, pads, dilations
    padded = np.pad(x, ((0, 0), (0, 0), (pad_y, pad_y), (pad_x, pad_x)))
    out = np.zeros((x.shape[0], w.shape[0], x.shape[2], x.shape[3]), np.float32)
    for i in range(height):
        for j in range(width):
            y0, x0 = i * step_y, j * step_x
            window = padded[:, :, y0:y0 + x.shape[2], x0:x0 + x.shape[3]]
            out += np.einsum("ncyx,oc->noyx", window, w[:, :, i, j], optimize=True)
    return out


def reshape(x, shape):
    return x.reshape([x.shape[i] if side == 0 else side for i, side in enumerate(shape)])


def slice_axis(x, start, end, axis):
    assert len(axis) == 1
    return np.take(x, range(start[0], end[0]), axis=axis[0])


OPERATORS = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Mul": lambda a, b: a * b,
    "Div": lambda a, b: a / b,
    "Sqrt": np.sqrt,
    "Relu": lambda x: np.maximum(x, 0),
    "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "Softplus": lambda x: np.logaddexp(0, x),
    "Tanh": np.tanh,
    "Conv": conv,
    "Gemm": lambda x, w, b=0, transB=0: x @ (w.T if transB else w) + b,
    "Concat": lambda *parts, axis: np.concatenate(parts, axis),
    "Flatten": lambda x, axis: x.reshape(int(np.prod(x.shape[:axis])), -1),
    "Reshape": reshape,
    "Unsqueeze": lambda x, axes: np.expand_dims(x, tuple(axes)),
    "Slice": slice_axis,
    "ReduceSum": lambda x, axes, keepdims: x.sum(tuple(axes), keepdims=bool(keepdims)),
    "ReduceMax": lambda x, axes, keepdims: x.max(tuple(axes), keepdims=bool(keepdims)),
}


def run(model, inputs):
    """The outputs of a graph by name."""
    values = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    values.update(inputs)
    for node in model.graph.node:
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        values[node.output[0]] = OPERATORS[node.op_type](*[values[name] for name in node.input], **attributes)
    return {output.name: values[output.name] for output in model.graph.output}


def inputs_of(model, cases):
    """Boards as one batch, each in the top left corner of the largest size."""
    height, width = max(c["height"] for c in cases), max(c["width"] for c in cases)
    inputs = {}
    for info in model.graph.input:
        if info.name != "input_spatial":
            inputs[info.name] = np.array([c[info.name] for c in cases], np.float32)
            continue
        planes = info.type.tensor_type.shape.dim[1].dim_value
        inputs[info.name] = np.zeros((len(cases), planes, height, width), np.float32)
        for i, c in enumerate(cases):
            board = np.array(c[info.name], np.float32).reshape(planes, c["height"], c["width"])
            inputs[info.name][i, :, :c["height"], :c["width"]] = board
    return inputs


def difference(case, outputs, index):
    """The largest difference between a board's outputs and the reference's."""
    height, width = case["height"], case["width"]
    ownership = outputs["ownership"][index, 0]
    channels = outputs["policy"].shape[1]
    points = outputs["policy"][index, :, :-1].reshape(channels, *ownership.shape)[:, :height, :width]
    policy = np.concatenate([points.reshape(channels, -1), outputs["policy"][index, :, -1:]], axis=1)
    pairs = [(policy.ravel(), case["policy"]), (ownership[:height, :width].ravel(), case["ownership"]),
             (outputs["value"][index], case["value"]), (outputs["misc"][index], case["misc"])]
    for ours, expected in pairs:
        assert len(ours) == len(expected), (len(ours), len(expected))
    return max(float((np.abs(ours - np.array(expected)) / np.maximum(1, np.abs(expected))).max())
               for ours, expected in pairs)


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    assert [opset.version for opset in model.opset_import] == [17]
    with open(path[:-len("onnx")] + "json") as file:
        cases = json.load(file)
    alone = max(difference(c, run(model, inputs_of(model, [c])), 0) for c in cases)
    batch = run(model, inputs_of(model, cases))
    together = max(difference(c, batch, i) for i, c in enumerate(cases))
    print(f"{os.path.basename(path)}: {len(cases)} boards, off by at most {alone:.1e} alone, {together:.1e} in a batch")
    return alone < TOLERANCE and together < TOLERANCE


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], "[.onnx]"], env=dict(os.environ, PONNUKI_WRITE_ONNX=folder), check=True,
                       stdout=subprocess.DEVNULL)
        nets = sorted(name for name in os.listdir(folder) if name.endswith(".onnx"))
        good = [check(os.path.join(folder, name)) for name in nets]
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
